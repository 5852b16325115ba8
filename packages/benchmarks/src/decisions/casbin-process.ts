import { askCasbin } from './casbin';
import { servePeer } from './serve-peer';

servePeer(askCasbin);

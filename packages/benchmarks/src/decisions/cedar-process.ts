import { askCedar } from './cedar';
import { servePeer } from './serve-peer';

servePeer(askCedar);

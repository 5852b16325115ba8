// What the specifications of the concepts have in common. It is no part of what `@mandate/domain/testing` offers.
export * from './contract-story';
export * from './cured-denials';
export * from './data-set-story';
export * from './deletion-story';
export * from './explained';
export * from './frozen';
export * from './instruction-story';
export * from './interruptions';
export * from './papers';
export * from './reading';
export * from './refusals';
export * from './told';
export * from './walks';
export { World } from '../world';

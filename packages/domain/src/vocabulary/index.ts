export * from './closed-lists';
export * from './facts';
export * from './ids';

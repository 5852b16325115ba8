export { encrypt200b } from './encrypt-200b';

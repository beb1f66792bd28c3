export { identify, shellQuoted, type Place } from '../domain/run-identity';

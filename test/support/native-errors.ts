import { types } from 'node:util';

/**
 * Import this first where AWS clients meet sockets inside Jest. Jest runs tests in a realm of their own, in which errors
 * of Node's core (ECONNREFUSED …) are not `instanceof Error`; the AWS SDK then wraps them and loses their code, which it
 * never does in a real process. After this, they are.
 */
const ordinary = Function.prototype[Symbol.hasInstance];
Object.defineProperty(Error, Symbol.hasInstance, {
  configurable: true,
  value(this: unknown, candidate: unknown): boolean {
    return ordinary.call(this, candidate) || (this === Error && types.isNativeError(candidate));
  },
});

/** A preload for a server that would bind every interface: whatever it asks for, it listens on loopback alone. */
import { Server } from 'node:net';

const listen: unknown = Reflect.get(Server.prototype, 'listen');

function listenOnLoopback(this: Server, ...args: readonly unknown[]): unknown {
  const [first, ...rest] = args;
  const callback = rest.find((argument) => typeof argument === 'function');
  const port = typeof first === 'object' && first !== null && 'port' in first ? first.port : first;
  if (typeof listen !== 'function') throw new Error('net.Server cannot listen');
  return Reflect.apply(listen, this, [{ port: Number(port), host: '127.0.0.1' }, callback]);
}

Reflect.set(Server.prototype, 'listen', listenOnLoopback);

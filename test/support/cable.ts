import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { OperationsClient } from '../../client';
import { splitAddress } from '../../client/connection-checks';
import { temporalAddress, type StandInRig } from './stand-in-rig';

/** A way to the Temporal server that can be cut and mended, on one port. */
export class Cable {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private port = 0;

  async mend(): Promise<void> {
    this.server = createServer((near) => {
      const far = connect(splitAddress(temporalAddress()));
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.server!.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Where the Temporal server is reached this way, once it was mended for the first time. */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** A client of the rig that goes this way. */
  async client(rig: StandInRig): Promise<OperationsClient> {
    const { address } = this;
    const { temporal } = rig.config;
    return OperationsClient.connect({
      ...rig.config,
      temporal: { ...temporal, address, options: { ...temporal.options, address } },
    });
  }
}

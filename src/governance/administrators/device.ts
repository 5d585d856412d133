/** The mark of a browser that has signed in to an account before: it proves nothing but that. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Devices {
  /** A new mark for this account. */
  mark(reference: string): string;
  /** The device that a mark names, where it is one of this account's. */
  recognize(mark: string | undefined, reference: string | undefined): string | undefined;
}

export function createDevices(key: Buffer): Devices {
  const macOf = (device: string, reference: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([device, reference]))
      .digest('base64url');
  return {
    mark(reference) {
      const device = randomBytes(16).toString('base64url');
      return `${device}.${macOf(device, reference)}`;
    },
    recognize(mark, reference) {
      const [device, mac] = mark?.split('.') ?? [];
      if (device === undefined || mac === undefined || reference === undefined) return undefined;
      const expected = Buffer.from(macOf(device, reference));
      const given = Buffer.from(mac);
      return given.length === expected.length && timingSafeEqual(given, expected) ? device : undefined;
    },
  };
}

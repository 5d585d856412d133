/** What models are called with: good for some minutes, renewed before it ends, and kept nowhere but here. */
import { client } from '../../api.ts';

interface Voucher {
  readonly token: string;
  readonly expiresAtMs: number;
}

/** So long before its end it is not used any more. */
const RESERVE_MS = 45_000;

let held: Promise<Voucher> | undefined;

export async function voucher(): Promise<string> {
  const asked = (held ??= client.call('createVoucher'));
  try {
    const { token, expiresAtMs } = await asked;
    if (expiresAtMs - Date.now() > RESERVE_MS) return token;
  } catch (error) {
    if (held === asked) held = undefined;
    throw error;
  }
  if (held === asked) held = undefined;
  return voucher();
}

/** The gateway does not take it any more. */
export function forgetVoucher(): void {
  held = undefined;
}

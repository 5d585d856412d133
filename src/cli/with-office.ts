/** Opens the administrator's side of the house for one command, and closes it whatever happens. */
import { openOffice, type Office } from '../compose/office.ts';
import { readSettings } from '../config.ts';

export async function withOffice<T>(work: (office: Office) => Promise<T>): Promise<T> {
  const office = await openOffice(readSettings());
  try {
    return await work(office);
  } finally {
    await office.close();
  }
}

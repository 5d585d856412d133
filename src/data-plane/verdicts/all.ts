/** Every address at which texts are judged. */
import { nativeScan } from './native-scan.ts';
import { scans } from './scans.ts';
import type { VerdictEndpoint } from './verdict-endpoint.ts';

export const VERDICT_ENDPOINTS: readonly VerdictEndpoint[] = [nativeScan, scans];

/** The paths of tiles and entry bundles below a log's prefix (C2SP tlog-tiles), each with one accepted form. */
import { demand } from './errors.ts';
import { type BundleCoordinates, TILE_WIDTH, type TileCoordinates } from './tiles.ts';

const MAX_TILE_LEVEL = 63;

function indexPath(index: number): string {
  const last = String(index % 1000).padStart(3, '0');
  let path = last;
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  }
  return path;
}

function widthSuffix(width: number): string {
  return width === TILE_WIDTH ? '' : `.p/${width}`;
}

/** `tile/<level>/<index>[.p/<width>]`, below the log's prefix. */
export function tilePath(tile: TileCoordinates): string {
  return `tile/${tile.level}/${indexPath(tile.index)}${widthSuffix(tile.width)}`;
}

/** `tile/entries/<index>[.p/<width>]`, below the log's prefix. */
export function bundlePath(bundle: BundleCoordinates): string {
  return `tile/entries/${indexPath(bundle.index)}${widthSuffix(bundle.width)}`;
}

const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** What a path names; `malformed_tile_path` on every path that `tilePath` and `bundlePath` do not write. */
export function parseTilePath(
  path: string,
): ({ readonly kind: 'tile' } & TileCoordinates) | ({ readonly kind: 'entries' } & BundleCoordinates) {
  const [, level, digits, partial] = PATH.exec(path) ?? [];
  demand(level !== undefined && digits !== undefined, 'malformed_tile_path');
  const index = Number(digits.replaceAll(/[x/]/g, ''));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  const isCanonical = Number.isSafeInteger(index) && indexPath(index) === digits;
  demand(isCanonical && (partial === undefined || width < TILE_WIDTH), 'malformed_tile_path');
  if (level === 'entries') return { kind: 'entries', index, width };
  demand(Number(level) <= MAX_TILE_LEVEL, 'malformed_tile_path');
  return { kind: 'tile', level: Number(level), index, width };
}

/** How the console is built: hashed files in assets, each with its compressed forms beside it, nothing inline. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const API = process.env['BARTIZAN_CONSOLE_API'] ?? 'http://127.0.0.1:4000';
const MIN_BYTES = 512;

/** The server sends these instead where the browser takes them. */
function compressed(): Plugin {
  let directory = '';
  return {
    name: 'bartizan:compressed',
    apply: 'build',
    configResolved({ root, build }) {
      directory = join(resolve(root, build.outDir), build.assetsDir);
    },
    closeBundle() {
      for (const name of readdirSync(directory)) {
        if (!/\.(js|css|svg|json|wasm)$/.test(name)) continue;
        const bytes = readFileSync(join(directory, name));
        if (bytes.length < MIN_BYTES) continue;
        const parameters = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        writeFileSync(join(directory, `${name}.br`), brotliCompressSync(bytes, { params: parameters }));
        writeFileSync(join(directory, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

const OPERATIONS_FILE = resolve(import.meta.dirname, '../src/contract/api/operations.ts');

/** The console asks by method and address alone: the schemas, which only the server reads by, stay out of the browser. */
function addressesOnly(): Plugin {
  return {
    name: 'bartizan:addresses-only',
    apply: 'build',
    async load(id) {
      if (id !== OPERATIONS_FILE) return null;
      const { OPERATIONS } = (await import(OPERATIONS_FILE)) as {
        OPERATIONS: Record<string, { readonly method: string; readonly path: string }>;
      };
      const addresses = Object.entries(OPERATIONS).map(([name, { method, path }]) => [
        name,
        { method, path },
      ]);
      return `export const OPERATIONS = ${JSON.stringify(Object.fromEntries(addresses))};\nexport const OPERATION_NAMES = Object.keys(OPERATIONS);`;
    },
  };
}

export default defineConfig({
  plugins: [addressesOnly(), react(), tailwind(), compressed()],
  resolve: { alias: { '@contract': resolve(import.meta.dirname, '../src/contract') } },
  build: {
    target: ['chrome125', 'firefox128', 'safari18'],
    modulePreload: { polyfill: false },
    // Scripts and styles inline, and fonts and images from `data:`, are what the content security policy keeps out.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': API } },
});

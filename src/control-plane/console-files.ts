/** The console's files, as they were built: what has a hash in its name is kept by browsers for good, the page never. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const PAGE_PATHS = ['/', '/console', '/console/*'];

export async function mountConsole(rooms: FastifyInstance, directory: string): Promise<void> {
  await rooms.register(fastifyStatic, {
    root: join(directory, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    index: false,
    preCompressed: true,
    decorateReply: false,
  });
  const page = await readFile(join(directory, 'index.html'));
  for (const path of PAGE_PATHS)
    rooms.get(path, (_request, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page),
    );
}

/** A part that is yet to come: published once, and then looked at in its own place. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { consolePath } from '../kit/link.tsx';
import { tell } from '../kit/toast.tsx';
import type { PartDoor } from './part-draft.ts';

interface Creation<Value> {
  readonly problem: unknown;
  /** `to` is where it is seen, below `/console`. */
  create(name: string, value: Value, to: string, told: string): Promise<void>;
}

export function useCreatePart<Value>(door: PartDoor<Value>): Creation<Value> {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<unknown>();
  return {
    problem,
    async create(name, value, to, told) {
      try {
        const made = await door.create(name, value);
        cache.setQueryData([door.get, { path: { name } }], made);
        await Promise.all(door.rereads.map((each) => cache.invalidateQueries({ queryKey: [each] })));
        tell('Published', told);
        await navigate({ to: consolePath(to) });
      } catch (error) {
        setProblem(error);
      }
    },
  };
}

/** Runs before all else: no code is made from text under our policy, and the theme is there before anything is drawn. */
import { z } from 'zod';
import { applyTheme, chosenTheme } from './shell/theme.ts';

z.config({ jitless: true });
applyTheme(chosenTheme());

/** Runs before all else: no code is made from text under our policy, and the theme is there before anything is drawn. */
import { config } from 'zod/v4/core';
import { applyTheme, chosenTheme } from './shell/theme.ts';

config({ jitless: true });
applyTheme(chosenTheme());

// The people who walk through the check.
import { readFileSync } from 'node:fs';

const all = JSON.parse(readFileSync(new URL('../journeys.json', import.meta.url)));

// journey returns a person's answers, completed by those of the one they are like.
export function journey(name, changes = {}) {
  const { like, answers, ...rest } = all[name];
  return { ...rest, name, answers: { ...(like && journey(like).answers), ...answers, ...changes } };
}

export const names = Object.keys(all);

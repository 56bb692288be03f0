import { useMemo } from 'react';

/** Now and the desk's day (`2026-01-05`, local), as they were when the screen was opened. */
export function useToday(): { readonly now: Date; readonly today: string } {
  return useMemo(() => {
    const now = new Date();
    const two = (value: number): string => String(value).padStart(2, '0');
    return { now, today: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}` };
  }, []);
}

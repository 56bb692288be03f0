import { useEffect, useState } from 'react';
import type { AppError } from '../../shared/errors/app-error.ts';

/** Seconds that a wrong secret still has to wait (R26), counting down; 0 when one may try. */
export function useDelay(error: AppError | null): number {
  const seconds = error?.code === 'SECRET_DELAYED' ? Number(error.params.seconds ?? 0) : 0;
  const [left, setLeft] = useState(0);
  useEffect(() => {
    setLeft(seconds);
    if (error === null || seconds <= 0) return undefined;
    const until = performance.now() + seconds * 1_000;
    const timer = setInterval(() => {
      const remaining = Math.max(0, Math.ceil((until - performance.now()) / 1_000));
      setLeft(remaining);
      if (remaining === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [error, seconds]);
  return left;
}

import { useInsertionEffect, useRef, useState } from 'react';

type Acts = { readonly [name: string]: (...args: never[]) => unknown };

/** The same functions at every drawing, each doing what it was last given: for parts that are drawn again only when their own props change. */
export function useStable<A extends object>(acts: A): A {
  const latest = useRef(acts);
  useInsertionEffect(() => {
    latest.current = acts;
  });
  const [stable] = useState(
    () =>
      Object.fromEntries(
        Object.keys(acts).map((name) => [name, (...args: never[]) => (latest.current as Acts)[name]?.(...args)]),
      ) as A,
  );
  return stable;
}

import { useRef, useState } from 'react';
import { type Marks, NO_MARKS } from './marks.ts';

/**
 * The marked rows of a list. `shown`: what the list is asked for; other rows, other marks: an act must never reach what was marked in
 * another list.
 */
export function useMarks(shown: unknown): readonly [Marks, (marks: Marks) => void] {
  const [marks, setMarks] = useState<Marks>(NO_MARKS);
  const marksOf = useRef(shown);
  if (marksOf.current !== shown) {
    marksOf.current = shown;
    if (marks !== NO_MARKS) setMarks(NO_MARKS);
  }
  return [marks, setMarks];
}

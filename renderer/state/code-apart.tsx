import { type ComponentType, lazy, useState } from 'react';

/** A part of the window whose code is read by itself. */
export interface CodeApart {
  readonly component: ComponentType;
  /** Reads its code, so that only drawing is left when it is opened. */
  readonly load: () => Promise<unknown>;
}

/**
 * A component whose code comes when it is wanted. Once the code is here it is drawn at once: behind `lazy` alone React would first draw
 * nothing, and leaves that in sight for 300 ms.
 */
export function codeApart(read: () => Promise<ComponentType>): CodeApart {
  let here: ComponentType | undefined;
  const load = async (): Promise<ComponentType> => {
    here ??= await read();
    return here;
  };
  const later = lazy(async () => ({ default: await load() }));
  return { component: () => <Part choose={() => here ?? later} />, load };
}

/** One of the two for as long as it stands: the other would begin anew. */
function Part({ choose }: { readonly choose: () => ComponentType }) {
  const [Chosen] = useState(choose);
  return <Chosen />;
}

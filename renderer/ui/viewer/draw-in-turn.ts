interface Drawing {
  readonly draw: () => Promise<void>;
  readonly inFront: boolean;
}

const waiting: Drawing[] = [];
let drawing = false;

async function drawAll(): Promise<void> {
  if (drawing) return;
  drawing = true;
  for (;;) {
    const at = Math.max(
      0,
      waiting.findIndex((one) => one.inFront),
    );
    const [next] = waiting.splice(at, 1);
    if (next === undefined) break;
    await next.draw().catch(() => undefined);
  }
  drawing = false;
}

/**
 * Draws pages one after the other: each goes on for some milliseconds in every frame, and several at a time would fill it. What is read
 * goes before small pictures. Answers the function that gives it up while it waits.
 */
export function drawInTurn(draw: () => Promise<void>, inFront: boolean): () => void {
  const own = { draw, inFront };
  waiting.push(own);
  void drawAll();
  return () => {
    const at = waiting.indexOf(own);
    if (at >= 0) waiting.splice(at, 1);
  };
}

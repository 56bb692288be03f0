/** Id of a field's control on the open card; `contacts.0.name` for a part of an entry. */
export function fieldId(path: string): string {
  return `card-field-${path.replaceAll('.', '-')}`;
}

/** Frames within which every part of a form has had its turn (`useTurns`). */
const FRAMES = 60;

/** Does something with a control as soon as it is there: the form may just be turning from reading to filling in. */
function whenThere(
  find: () => HTMLElement | null | undefined,
  act: (control: HTMLElement) => void,
  left = FRAMES,
): void {
  requestAnimationFrame(() => {
    const control = find();
    if (control !== null && control !== undefined) act(control);
    else if (left > 0) whenThere(find, act, left - 1);
  });
}

/** Leads to a field: scrolls it into sight and puts the cursor in. For a part of a list that has no entry yet, the list itself. */
export function focusField(path: string): void {
  const key = path.split('.')[0] ?? path;
  whenThere(
    () => document.getElementById(fieldId(path)) ?? firstPart(path) ?? document.getElementById(fieldId(key)),
    (control) => {
      control.scrollIntoView({ block: 'center' });
      control.focus({ preventScroll: true });
      if (control instanceof HTMLInputElement && control.type === 'text') control.select();
    },
  );
}

/** `contacts.position` is missing in some entry: the first entry's control stands for it. */
function firstPart(path: string): HTMLElement | null {
  const [list, part] = path.split('.');
  return part === undefined ? null : document.getElementById(fieldId(`${list}.0.${part}`));
}

/** The first field in sight: filling in begins where one is reading, nothing jumps. */
export function focusFirstInSight(scroller: HTMLElement | null): void {
  const find = (): HTMLElement | undefined => {
    const top = (scroller?.getBoundingClientRect().top ?? 0) + 1;
    const controls = scroller?.querySelectorAll<HTMLElement>('[id^="card-field-"]:is(input, select, textarea)') ?? [];
    // A section above is asked first: what is out of sight need not be laid out for this.
    const above = (control: Element): boolean =>
      (control.closest('section')?.getBoundingClientRect().bottom ?? top) < top;
    return [...controls].find((control) => !above(control) && control.getBoundingClientRect().top >= top);
  };
  whenThere(find, (first) => {
    // Somebody was quicker.
    if (document.activeElement?.id.startsWith('card-field-') !== true) first.focus({ preventScroll: true });
  });
}

/** Key of the field whose line has the focus. */
export function focusedField(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-field]')?.dataset['field'];
}

/** From one field's line to the next that can be confirmed or typed in. */
export function focusNextFact(key: string): void {
  const lines = [...document.querySelectorAll<HTMLElement>('[data-field]')];
  const inLine = 'button, input, select, textarea, a[href]';
  requestAnimationFrame(() => {
    const at = lines.findIndex((line) => line.dataset['field'] === key);
    const control = lines
      .slice(at + 1)
      .map((line) => line.querySelector<HTMLElement>(inLine))
      .find((found) => found !== null);
    control?.focus({ preventScroll: true });
    control?.scrollIntoView({ block: 'nearest' });
  });
}

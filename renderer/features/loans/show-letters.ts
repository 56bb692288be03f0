import { showDocument } from '../../ui/viewer/document-dialog.tsx';

/** Shows what was just typeset with an act: notices, blank forms. The entry in the log is there already. */
export function showLetters(answer: { readonly document: string | null; readonly name: string }, title: string): void {
  const { document, name } = answer;
  if (document === null) return;
  showDocument({
    key: `${name} ${document}`,
    title,
    fileName: name.replace(/\.pdf$/u, ''),
    maySave: true,
    open: () => Promise.resolve({ document }),
  });
}

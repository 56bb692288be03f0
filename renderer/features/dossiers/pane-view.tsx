import { useText } from '../../i18n/use-text.ts';
import { Drawer } from '../../ui/dialog/dialog.tsx';
import styles from './binder.module.css';
import type { BinderActs } from './binder.tsx';
import type { Dossier, SidePane } from './dossier-types.ts';
import { OrderForm } from './order-form.tsx';
import { PaperForm } from './paper-form.tsx';
import { PaperPane } from './paper-pane.tsx';

interface PaneViewProps {
  readonly pane: SidePane;
  readonly dossier: Dossier;
  readonly acts: BinderActs;
  readonly onPane: (pane: SidePane | null) => void;
  readonly onSelect: (code: string) => void;
}

/** Beside the catalogue: the paper that is looked at, or the form for a new one. */
export function PaneView({ pane, dossier, acts, onPane, onSelect }: PaneViewProps) {
  const { t } = useText();
  const close = (): void => onPane(null);
  const title = {
    paper: 'dossiers.pane.paper',
    add: 'dossiers.pane.add',
    change: 'dossiers.pane.change',
    order: 'dossiers.addOrder',
  }[pane.show];
  return (
    <div className={styles.pane}>
      <Drawer title={t(title)} onClose={close}>
        {pane.show === 'paper' && (
          <PaperPane
            key={pane.code}
            code={pane.code}
            dossier={dossier}
            acts={acts}
            onChange={(paper) => onPane({ show: 'change', paper })}
          />
        )}
        {pane.show === 'add' && (
          <PaperForm
            key={`${pane.preset.class} ${pane.preset.type ?? ''} ${pane.preset.exportOrder ?? ''} ${pane.preset.files?.map((file) => file.name).join() ?? ''}`}
            dossier={dossier}
            preset={pane.preset}
            paper={null}
            onClose={close}
            onFiled={(code) => {
              onSelect(code);
              onPane({ show: 'paper', code });
            }}
          />
        )}
        {pane.show === 'change' && (
          <PaperForm
            key={pane.paper.code}
            dossier={dossier}
            preset={{ class: pane.paper.class }}
            paper={pane.paper}
            onClose={() => onPane({ show: 'paper', code: pane.paper.code })}
            onFiled={(code) => onPane({ show: 'paper', code })}
          />
        )}
        {pane.show === 'order' && <OrderForm number={dossier.number} onClose={close} />}
      </Drawer>
    </div>
  );
}

import { IconArrowMoveRight, IconBarcode, IconBox, IconListDetails, IconPrinter } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Drawer } from '../../ui/dialog/dialog.tsx';
import { Page } from '../../ui/frame/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { DossierViews } from './dossier-views.tsx';
import { MovePlaceDialog } from './move-place-dialog.tsx';
import styles from './place-tree.module.css';

type Node = OutputOf<'places.tree'>['nodes'][number];

const FIGURES = ['places', 'papers', 'pages', 'originals', 'out'] as const;
const MOVES_SHOWN = 20;

/** Places from room to binder (C10): what stands where, what was moved, labels, checks, and moving a binder or a whole cabinet. */
export function PlaceTree() {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const tree = useArchiveQuery('places.tree', {}, { keepPrevious: true });
  const [openedPath, setOpened] = useState<string | null>(null);
  const nodes = tree.data?.nodes;
  const opened = nodes?.find((node) => node.path === openedPath);
  const columns = useMemo((): readonly Column<Node>[] => {
    const named = (node: Node) => (node.name === '' ? t('places.none') : node.name);
    const checked = (node: Node) => (node.lastCheck === null ? '' : formats.day(node.lastCheck));
    return [
      {
        id: 'place',
        header: t('places.place'),
        width: 260,
        grow: true,
        cell: (node) => (
          <span className={styles.step} style={{ paddingInlineStart: node.depth * 20 }}>
            {named(node)}
          </span>
        ),
        text: (node) => (node.path === '' ? named(node) : node.path),
      },
      ...FIGURES.map(
        (key): Column<Node> => ({
          id: key,
          header: t(`places.${key}`),
          width: 88,
          align: 'end',
          cell: (node) => (node[key] === 0 && key !== 'papers' ? '' : formats.number(node[key])),
          text: (node) => String(node[key]),
        }),
      ),
      { id: 'lastCheck', header: t('places.lastCheck'), width: 120, cell: checked, text: checked },
    ];
  }, [t, formats]);
  return (
    <Page
      title={t('screen.dossiers')}
      lead={<DossierViews />}
      body="fill"
      tools={
        <>
          <Button icon={IconPrinter} onClick={() => print({ form: 'placeHoldings', number: '' })}>
            {t('kit.print.placeHoldings')}
          </Button>
          <Button icon={IconPrinter} onClick={() => print({ form: 'shelfLabels', number: '' })}>
            {t('kit.print.shelfLabels')}
          </Button>
        </>
      }
    >
      {tree.error !== null ? (
        <ErrorState error={tree.error} onRetry={() => void tree.refetch()} />
      ) : (
        <div className={`${styles.places} ${opened === undefined ? '' : styles.withDrawer}`}>
          <DataTable
            id="places"
            label={t('dossiers.view.places')}
            columns={columns}
            source={arraySource(nodes)}
            rowKey={(node) => `${node.depth} ${node.path}`}
            selectedKey={opened === undefined ? null : `${opened.depth} ${opened.path}`}
            onSelect={(node) => opened !== undefined && setOpened(node.path)}
            onOpen={(node) => setOpened(node.path)}
            empty={
              <EmptyState icon={IconBox} title={t('places.empty')}>
                {t('places.emptyText')}
              </EmptyState>
            }
          />
          {opened !== undefined && (
            <Drawer title={opened.path === '' ? t('places.none') : opened.path} onClose={() => setOpened(null)}>
              <PlaceSheet key={opened.path} node={opened} onMoved={setOpened} />
            </Drawer>
          )}
        </div>
      )}
    </Page>
  );
}

/** One place: its figures, what can be done with it, and where what stands here stood before. */
function PlaceSheet({ node, onMoved }: { readonly node: Node; readonly onMoved: (path: string) => void }) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const { go } = useNavigate();
  const mayMove = useActingRole() === 'keeper';
  const [moving, setMoving] = useState(false);
  const { path } = node;
  const moves = useArchiveQuery('places.moves', { place: path, limit: MOVES_SHOWN }, { enabled: path !== '' }).data;
  return (
    <>
      {path !== '' && (
        <div className={styles.acts}>
          {mayMove && (
            <Button icon={IconArrowMoveRight} onClick={() => setMoving(true)}>
              {t('places.move')}
            </Button>
          )}
          {node.places === 1 && (
            <Button
              icon={IconBarcode}
              onClick={() => go({ screen: 'revision', tab: 'stock', params: { place: path } })}
            >
              {t('places.check')}
            </Button>
          )}
          <Button icon={IconListDetails} onClick={() => print({ form: 'placeHoldings', number: path })}>
            {t('kit.print.placeHoldings')}
          </Button>
          <Button icon={IconPrinter} onClick={() => print({ form: 'shelfLabels', number: path })}>
            {t('kit.print.shelfLabels')}
          </Button>
        </div>
      )}
      <dl className={styles.facts}>
        {FIGURES.map((key) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{t(`places.${key}`)}</dt>
            <dd>{formats.number(node[key])}</dd>
          </div>
        ))}
        <dt>{t('places.lastCheck')}</dt>
        <dd>{node.lastCheck === null ? t('stock.neverChecked') : formats.day(node.lastCheck)}</dd>
      </dl>
      {path !== '' && (
        <section aria-label={t('places.moves')}>
          <h3>{t('places.moves')}</h3>
          {moves?.total === 0 && <p className={styles.soft}>{t('places.noMoves')}</p>}
          <ol className={styles.moves}>
            {moves?.moves.map((one) => (
              <li key={`${one.at} ${one.from}`}>
                <span>
                  {one.from} → {one.to}
                </span>
                <span className={styles.soft}>
                  {formats.day(one.at)} · {t('places.movedPapers', { count: one.papers })} · {one.by} · {one.reason}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
      {moving && (
        <MovePlaceDialog from={path} papers={node.papers} onMoved={onMoved} onClose={() => setMoving(false)} />
      )}
    </>
  );
}

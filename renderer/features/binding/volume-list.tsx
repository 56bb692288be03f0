import { IconBooks } from '@tabler/icons-react';
import { useMemo } from 'react';
import { archive } from '../../gateway/archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { type RecordCells, type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { showDocument } from '../../ui/viewer/document-dialog.tsx';

const NEEDED = ['code', 'title', 'destroyed'];
const CELLS: RecordCells = { code: { width: 200 }, title: { width: 240, grow: true } };

/** Every fixed volume of every year (Y2). Enter opens one as it was fixed. */
export function VolumeList() {
  const { t } = useText();
  const role = useActingRole();
  const mayOpen = role === 'keeper' || role === 'supervisor';
  const open = useMemo(
    () => (row: RecordRow) => {
      if (!mayOpen || row.values['destroyed'] === 1) return;
      const id = Number(row.key);
      showDocument({
        key: `volume ${id}`,
        title: textAt(row, 'title'),
        fileName: textAt(row, 'code'),
        maySave: true,
        open: () => archive.call('volumes.open', { id }),
      });
    },
    [mayOpen],
  );
  return (
    <RecordList
      list="volumes"
      label={t('binding.area.volumes')}
      cells={CELLS}
      needs={NEEDED}
      onOpen={open}
      autoFocus
      empty={
        <EmptyState icon={IconBooks} title={t('binding.noVolumes')}>
          {t('binding.noVolumesText')}
        </EmptyState>
      }
    />
  );
}

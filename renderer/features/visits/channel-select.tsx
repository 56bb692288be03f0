import { Select } from '@mantine/core';
import { REPORT_CHANNELS, type ReportChannel } from '../../../shared/domain/visit.ts';
import { useText } from '../../i18n/use-text.ts';

/** By what way a report came or was passed on (V3). */
export function ChannelSelect({
  value,
  onChange,
}: {
  readonly value: ReportChannel;
  readonly onChange: (channel: ReportChannel) => void;
}) {
  const { t } = useText();
  return (
    <Select
      label={t('visits.channel')}
      allowDeselect={false}
      data={REPORT_CHANNELS.map((channel) => ({ value: channel, label: t(`option.reportChannel.${channel}`) }))}
      value={value}
      onChange={(chosen) => chosen !== null && onChange(chosen as ReportChannel)}
    />
  );
}

import type { Role } from '../../shared/domain/roles.ts';
import { useNavigation } from '../state/navigation.ts';
import { lockDesk } from './lock-desk.ts';
import { SCREENS } from './screens.ts';

/** Something the search box can do. */
export interface Command {
  readonly id: string;
  readonly labelKey: string;
  readonly params?: Readonly<Record<string, string>>;
  /** Further words by which it is found, in every language. */
  readonly words: string;
  readonly roles?: readonly Role[];
  readonly run: () => void;
}

interface CommandHelpers {
  readonly t: (key: string) => string;
  readonly showKeys: () => void;
  readonly setAppearance: (appearance: 'light' | 'dark') => void;
}

/** Every command, in the order in which they are offered. */
export function commandList({ t, showKeys, setAppearance }: CommandHelpers): readonly Command[] {
  const { go, goToScreen } = useNavigation.getState();
  const screens = SCREENS.map(
    (screen): Command => ({
      id: `go.${screen.id}`,
      labelKey: 'palette.goTo',
      params: { screen: t(screen.labelKey) },
      words: screen.id,
      ...(screen.roles === undefined ? {} : { roles: screen.roles }),
      run: () => goToScreen(screen.id),
    }),
  );
  return [
    {
      id: 'newCard',
      labelKey: 'palette.newCard',
      words: 'new card customer 新增 新建 客户',
      roles: ['keeper'],
      run: () => go({ screen: 'cards', params: { new: 'enterprise' } }),
    },
    {
      id: 'import',
      labelKey: 'palette.importTable',
      words: 'import csv xlsx excel 导入',
      roles: ['keeper'],
      run: () => go({ screen: 'imports' }),
    },
    {
      id: 'dailyReport',
      labelKey: 'palette.dailyReport',
      words: 'daily report visit enter 訪問日報 访问日报 填日报',
      roles: ['keeper'],
      run: () => go({ screen: 'visits', tab: 'entry' }),
    },
    {
      id: 'informationReport',
      labelKey: 'palette.informationReport',
      words: 'urgent report information 緊急報告 信息报告 紧急报告',
      run: () => go({ screen: 'visits', tab: 'information' }),
    },
    {
      id: 'competitors',
      labelKey: 'palette.competitors',
      words: 'competitors rivals matrix 競爭對手 竞争对手',
      run: () => go({ screen: 'visits', tab: 'competitors' }),
    },
    {
      id: 'projects',
      labelKey: 'palette.projects',
      words: 'projects stage next step 項目 项目 商机',
      run: () => go({ screen: 'visits', tab: 'projects' }),
    },
    {
      id: 'handOver',
      labelKey: 'palette.handOver',
      words: 'lookup hand over 查寻 交出',
      roles: ['keeper'],
      run: () => go({ screen: 'lookup' }),
    },
    {
      id: 'backup',
      labelKey: 'palette.backup',
      words: 'backup 备份',
      roles: ['keeper', 'supervisor'],
      run: () => go({ screen: 'settings', tab: 'backup' }),
    },
    {
      id: 'verify',
      labelKey: 'palette.verify',
      words: 'verify check 核验',
      run: () => go({ screen: 'audit', tab: 'verify' }),
    },
    ...screens,
    { id: 'keys', labelKey: 'palette.keys', words: 'keyboard shortcuts 快捷键', run: showKeys },
    { id: 'light', labelKey: 'palette.light', words: 'light theme 浅色', run: () => setAppearance('light') },
    { id: 'dark', labelKey: 'palette.dark', words: 'dark theme 深色', run: () => setAppearance('dark') },
    { id: 'lock', labelKey: 'palette.lock', words: 'lock 锁定', run: lockDesk },
  ];
}

/** The commands that match what is typed; all of them for an empty text. */
export function matchingCommands(
  commands: readonly Command[],
  text: string,
  label: (command: Command) => string,
  role: Role | undefined,
): readonly Command[] {
  const wanted = text.trim().toLowerCase();
  return commands.filter((command) => {
    if (command.roles !== undefined && (role === undefined || !command.roles.includes(role))) return false;
    return `${label(command)} ${command.words}`.toLowerCase().includes(wanted);
  });
}

import { useText } from '../../i18n/use-text.ts';
import { usePracticePeople } from '../../state/practice-people.ts';

interface PracticeUser {
  readonly login: string;
  readonly secret: string;
}

interface PracticeSecretsProps {
  readonly directory: string;
  readonly onChoose: (user: PracticeUser) => void;
}

/** In a practice archive made on this machine nobody has to remember an invented secret. */
export function PracticeSecrets({ directory, onChoose }: PracticeSecretsProps) {
  const { t } = useText();
  const people = usePracticePeople((state) => state.byDirectory[directory]);
  // Other roles hold no key of the archive (security §1.3): they sign in for a lookup.
  const users = (people ?? []).filter((user) => user.role === 'keeper' || user.role === 'supervisor');
  if (users.length === 0) return null;
  return (
    <ul aria-label={t('lock.practiceUsers')} style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
      {users.map((user) => (
        <li key={user.login}>
          <button type="button" className="suggestion" onClick={() => onChoose(user)}>
            {t('lock.practiceAs', { role: t(`role.${user.role}`), login: user.login })}
          </button>
        </li>
      ))}
    </ul>
  );
}

import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';

interface PracticeUser {
  readonly login: string;
  readonly secret: string;
}

/** In a practice archive made in this window nobody has to remember an invented secret. */
export function PracticeSecrets({ onChoose }: { readonly onChoose: (user: PracticeUser) => void }) {
  const { t } = useText();
  const users = useEntrance((state) => state.practiceUsers).filter((user) =>
    ['keeper', 'supervisor', 'auditor'].includes(user.role),
  );
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

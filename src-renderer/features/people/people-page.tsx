import { ErrorState } from '#renderer/components/error-state.tsx';
import styles from '#renderer/components/governance.module.css';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Section } from '#renderer/components/section.tsx';
import { useConsoleState, useSession } from '#renderer/state/hooks.ts';
import { useRemote } from '#renderer/state/use-remote.ts';
import { GovernanceBar } from '../actions/governance-bar.tsx';
import { NewPersonForm } from './new-person-form.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Who works here, who is signed in at this window, and the first-run set-up. */
export default function PeoplePage() {
  const tenantId = useConsoleState((state) => state.tenantId);
  const mayAdminister = useSession()?.scopes.includes('ADMIN') === true;
  const remote = useRemote(tenantId, '', async (client, signal) => ({
    me: await client.people.me(undefined, { signal }),
    people: (await client.people.list(undefined, { signal })).items,
  }));
  return (
    <div className={styles.page}>
      <GovernanceBar />
      <div className={styles.scroll}>
        {remote.phase === 'loading' && <LoadingState what="the people" />}
        {remote.phase === 'failed' && (
          <ErrorState title="The people cannot be listed" error={remote.error} onRetry={remote.reload} />
        )}
        {remote.phase === 'ready' && (
          <>
            {remote.data.me.people_exist ? (
              <SignInForm me={remote.data.me.person} onChanged={remote.reload} />
            ) : (
              <p className={styles.text}>
                Nobody is set up yet, so this workstation may decide everything and nobody can sign. The first person is
                an admin; from then on decisions need somebody who is signed in.
              </p>
            )}
            {mayAdminister && <NewPersonForm isFirst={!remote.data.me.people_exist} onChanged={remote.reload} />}
            <Section heading="People" aside={String(remote.data.people.length)}>
              <table className={styles.table}>
                <tbody>
                  {remote.data.people.map((person) => (
                    <tr key={person.operator_id}>
                      <td>
                        <bdi>{person.name}</bdi>
                      </td>
                      <td>{person.roles.join(', ').replaceAll('_', ' ')}</td>
                      <td>{person.disabled ? 'may not sign in' : ''}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Section>
          </>
        )}
      </div>
    </div>
  );
}

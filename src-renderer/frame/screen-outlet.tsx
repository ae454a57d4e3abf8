import { Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { EmptyState } from '../components/empty-state.tsx';
import { LoadingState } from '../components/loading-state.tsx';
import { useConnection, useConsoleState } from '../state/hooks.ts';
import { FirstRun } from './first-run.tsx';
import { RefusedPage } from './refused-page.tsx';
import { ScreenErrorBoundary } from './screen-error-boundary.tsx';
import { screens } from './screens.ts';
import { UnreachablePage } from './unreachable-page.tsx';

/** The screen of the present address, or what stands in its place while the engine has not answered. */
export function ScreenOutlet() {
  const [location] = useLocation();
  const connection = useConnection();
  const session = useConsoleState((state) => state.session);
  const tenantId = useConsoleState((state) => state.tenantId);
  const hasSnapshot = useConsoleState((state) => state.hasSnapshot);

  if (connection.phase === 'refused') return <RefusedPage error={connection.error} />;
  if (session.phase !== 'ready')
    return connection.phase === 'lost' ? <UnreachablePage /> : <LoadingState what="session" />;
  if (tenantId === null && location !== '/settings') return <FirstRun session={session.session} />;
  if (!hasSnapshot && location !== '/settings') {
    return connection.phase === 'lost' ? <UnreachablePage /> : <LoadingState what="the situation" />;
  }
  return (
    <ScreenErrorBoundary key={location}>
      <Suspense fallback={<LoadingState what="screen" />}>
        <Switch>
          <Route path="/">
            <Redirect to="/situation" replace />
          </Route>
          {screens.map(({ path, Page }) => (
            <Route key={path} path={path} component={Page} />
          ))}
          <Route>
            <EmptyState title="There is no such screen">
              Nothing is at {location}. The rail leads everywhere.
            </EmptyState>
          </Route>
        </Switch>
      </Suspense>
    </ScreenErrorBoundary>
  );
}

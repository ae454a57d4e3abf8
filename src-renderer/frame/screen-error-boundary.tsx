import { Component, type ReactNode } from 'react';
import { ErrorState } from '../components/error-state.tsx';

interface State {
  readonly error: unknown;
}

/** Keeps the frame alive when a screen breaks, and says so. */
export class ScreenErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const detail = error instanceof Error ? error.message : String(error);
    return (
      <ErrorState
        title="This screen broke; nothing that the engine holds is affected"
        error={{ status: null, title: 'Reason', detail }}
        onRetry={() => this.setState({ error: null })}
      />
    );
  }
}

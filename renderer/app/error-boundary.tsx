import { Component, type ReactNode } from 'react';
import { AppError } from '../../shared/errors/app-error.ts';
import { ErrorState } from '../ui/states/error-state.tsx';

interface Props {
  readonly children: ReactNode;
  /** A change of it clears the error: another screen was opened. */
  readonly resetKey?: string;
}

interface State {
  readonly error: AppError | null;
  readonly resetKey: string | undefined;
}

/** A screen that fails to draw says so in words instead of leaving an empty window; drafts and the archive are untouched. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(thrown: unknown): Partial<State> {
    return { error: AppError.from(thrown) };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? (
      this.props.children
    ) : (
      <ErrorState error={error} onRetry={() => this.setState({ error: null })} />
    );
  }
}

import { Component, type ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Failure } from '../design/failure.tsx';

interface Props {
  readonly children: ReactNode;
}

/** Shows what went wrong in the place of a page that cannot be shown; the navigation stays usable. */
export class PageFailure extends Component<Props, { readonly error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Failure error={error}>
        <Button onPress={() => location.reload()}>Load the page again</Button>
      </Failure>
    );
  }
}

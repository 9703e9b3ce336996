import { useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import { Button } from '../design/button.tsx';
import { Mark } from '../layout/mark.tsx';
import '../design/text-input.css';
import './token-page.css';

interface Props {
  /** Whether the server did not accept the last token. */
  readonly isRefused: boolean;
  readonly onToken: (token: string) => void;
}

export function TokenPage({ isRefused, onToken }: Props) {
  const [text, setText] = useState('');
  // A person pastes the token or the whole address.
  const token = text.split('#token=').at(-1)?.trim() ?? '';
  return (
    <main className="token-page">
      <Mark />
      <h1>{isRefused ? 'The token is not valid any more' : 'The console needs its token'}</h1>
      <p>
        {isRefused && 'The server was started again. '}Open the address that the command printed: it ends with{' '}
        <code>#token=…</code>. Or paste it here.
      </p>
      <Form
        className="token-page-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (token !== '') onToken(token);
        }}
      >
        <TextField value={text} onChange={setText} autoComplete="off" className="token-page-field">
          <Label>Address or token</Label>
          <Input className="text-input" />
        </TextField>
        <Button type="submit" look="primary" isDisabled={token === ''}>
          Open
        </Button>
      </Form>
    </main>
  );
}

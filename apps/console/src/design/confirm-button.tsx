import type { ReactNode } from 'react';
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.tsx';
import './confirm-button.css';

interface Props {
  /** On the button, and on the button that confirms. */
  readonly action: string;
  readonly question: string;
  /** What happens then. */
  readonly children: ReactNode;
  readonly isDisabled?: boolean;
  readonly onConfirm: () => void;
}

/** A button for what cannot be undone: it asks first. */
export function ConfirmButton({ action, question, children, isDisabled = false, onConfirm }: Props) {
  return (
    <DialogTrigger>
      <Button isDisabled={isDisabled}>{action}</Button>
      <ModalOverlay isDismissable className="confirm-button-overlay">
        <Modal className="confirm-button-modal">
          <Dialog role="alertdialog" className="confirm-button-dialog">
            {({ close }) => (
              <>
                <Heading slot="title">{question}</Heading>
                <p>{children}</p>
                <div className="confirm-button-choices">
                  <Button onPress={close}>Back</Button>
                  <Button
                    look="primary"
                    onPress={() => {
                      close();
                      onConfirm();
                    }}
                  >
                    {action}
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

/** The workbench: members talk to the models they may use, see what was done to their words, and object where it was wrong. */
import type { Screens } from '../../pages.tsx';
import { Chat } from './chat.tsx';
import { OwnObjections } from './own-objections.tsx';
import { ReviewObjections } from './review-objections.tsx';
import { WorkbenchFrame } from './workbench-frame.tsx';

function ChatScreen() {
  return (
    <WorkbenchFrame>
      <Chat />
    </WorkbenchFrame>
  );
}

function OwnObjectionsScreen() {
  return (
    <WorkbenchFrame>
      <OwnObjections />
    </WorkbenchFrame>
  );
}

function ReviewScreen() {
  return (
    <WorkbenchFrame>
      <ReviewObjections />
    </WorkbenchFrame>
  );
}

export const screens: Screens = {
  '': { screen: ChatScreen, needs: ['workbench.use'] },
  mine: { screen: OwnObjectionsScreen, needs: ['workbench.use'] },
  objections: { screen: ReviewScreen, needs: ['contests.read'] },
};

import { restartWithHiddenEnvironment } from '@fyrestream/cloud/restart-with-hidden-environment';

restartWithHiddenEnvironment();

import { hideEnvironment } from '@fyrestream/cloud/hide-environment';

hideEnvironment();

import { testProjects } from '../../vitest.shared.ts';

export default testProjects({ integrationSetup: ['./test/skip-variants.ts'] });

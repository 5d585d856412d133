/** Demo data is traffic of applications that are named so: real requests, answered by the simulator, marked wherever they are shown. */

/** `demo/support`: no other application is named so. */
export const DEMO_PREFIX = 'demo/';

export function isDemoApplication(application: string | undefined): boolean {
  return application?.startsWith(DEMO_PREFIX) ?? false;
}

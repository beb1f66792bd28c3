/** The version of this code: what package.json says, held equal by a test. Workers and clients tell it each other. */
export const version = '0.1.0';

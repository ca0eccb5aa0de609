export class Unauthenticated extends Error {
  constructor() {
    super('Sign in first.');
    this.name = 'Unauthenticated';
  }
}

export class Forbidden extends Error {
  constructor() {
    super('Your role does not allow this.');
    this.name = 'Forbidden';
  }
}

// Written by `nx sync` from the folders of hosts/. It serves types alone; hosts are loaded one by one.
declare module "@croft/evaluator" {
  interface Hosts {
    barn: true;
    mill: true;
    orchard: true;
  }
}

export {};

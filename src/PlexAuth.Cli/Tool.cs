using PlexAuth.Cli.Input;

namespace PlexAuth.Cli;

// What each command is built with.
internal sealed record Tool(Terminal Terminal, GlobalOptions Options);

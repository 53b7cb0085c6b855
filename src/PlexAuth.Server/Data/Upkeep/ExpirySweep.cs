namespace PlexAuth.Server.Data;

/// <summary>How one feature deletes what has expired.</summary>
/// <param name="Table">For the log.</param>
/// <param name="Sql">Deletes at most <c>@limit</c> rows that expired at <c>@now</c> or before.</param>
internal sealed record ExpirySweep(string Table, string Sql);

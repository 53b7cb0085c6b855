using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>Where a network address seems to be. An estimate, and made up by some servers.</summary>
public sealed record PlexPinLocation : IReadable<PlexPinLocation>
{
    /// <summary>An unknown place.</summary>
    public PlexPinLocation()
    {
    }

    private PlexPinLocation(ref LenientReader json)
    {
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            switch (json.Name)
            {
                case "code": Code = json.TextOrNull(); break;
                case "continent_code": ContinentCode = json.TextOrNull(); break;
                case "country": Country = json.TextOrNull(); break;
                case "subdivisions": Subdivisions = json.TextOrNull(); break;
                case "city": City = json.TextOrNull(); break;
                case "postal_code": PostalCode = json.TextOrNull(); break;
                case "time_zone": TimeZone = json.TextOrNull(); break;
                case "coordinates": Coordinates = json.TextOrNull(); break;
                case "european_union_member": EuropeanUnionMember = json.Bool(); break;
                case "in_privacy_restricted_country": InPrivacyRestrictedCountry = json.Bool(); break;
                case "in_privacy_restricted_region": InPrivacyRestrictedRegion = json.Bool(); break;
            }
        }
    }

    /// <summary>Two letters (ISO 3166), such as <c>NL</c>.</summary>
    public string? Code { get; init; }

    /// <summary>Two letters, such as <c>EU</c>.</summary>
    public string? ContinentCode { get; init; }

    /// <summary>In English.</summary>
    public string? Country { get; init; }

    /// <summary>State or province, such as <c>North Brabant</c>.</summary>
    public string? Subdivisions { get; init; }

    /// <summary>In English.</summary>
    public string? City { get; init; }

    /// <summary>Text, also where it is only digits.</summary>
    public string? PostalCode { get; init; }

    /// <summary>An IANA name, such as <c>Europe/Amsterdam</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Latitude and longitude, such as <c>51.5869, 4.7471</c>.</summary>
    public string? Coordinates { get; init; }

    /// <summary>Null when not told.</summary>
    public bool? EuropeanUnionMember { get; init; }

    /// <summary>Null when not told.</summary>
    public bool? InPrivacyRestrictedCountry { get; init; }

    /// <summary>Null when not told.</summary>
    public bool? InPrivacyRestrictedRegion { get; init; }

    static PlexPinLocation IReadable<PlexPinLocation>.Read(ref LenientReader json) => new(ref json);
}

using System.Reflection;
using System.Text;

namespace PlexAuth.Tests;

/// <summary>The public surface of an assembly as text.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Writes the file anew with PLEXAUTH_UPDATE_API=1.</summary>
    public static void ShouldBeTheCommittedOne(Assembly assembly, string file)
    {
        var surface = Describe(assembly);
        if (Environment.GetEnvironmentVariable("PLEXAUTH_UPDATE_API") == "1")
            File.WriteAllText(file, surface);

        File.ReadAllText(file).ShouldBe(surface, "Run the test with PLEXAUTH_UPDATE_API=1 and commit the file if this change is meant.");
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.Name);
            if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
                text.Append(" : ").Append(parent.Name);
            text.Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), provider: null)}")
        : type.GetMembers(Declared).Select(Member).OfType<string>();

    private static string? Member(MemberInfo member) => member switch
    {
        FieldInfo { IsPublic: true } field => $"{(field.IsLiteral ? "const " : "")}{Name(field.FieldType)} {field.Name}",
        ConstructorInfo { IsPublic: true } constructor => $"new({Parameters(constructor)})",
        PropertyInfo property when property.GetMethod?.IsPublic == true => $"{Static(property.GetMethod)}{Name(property)} {property.Name} {{ get;{Setter(property)} }}",
        EventInfo @event => $"event {@event.Name}",
        MethodInfo { IsSpecialName: false, IsPublic: true } method when !method.Name.Contains('<', StringComparison.Ordinal) =>
            $"{Static(method)}{Name(method.ReturnParameter)} {method.Name}({Parameters(method)})",
        _ => null,
    };

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Setter(PropertyInfo property) => property.SetMethod switch
    {
        { IsPublic: true } setter => setter.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? " init;" : " set;",
        _ => "",
    };

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p)} {p.Name}{(p.IsOptional ? $" = {p.DefaultValue ?? "default"}" : "")}"));

    private static string Name(PropertyInfo property) => Name(property.PropertyType) + Mark(Nullability.Create(property).ReadState, property.PropertyType);

    private static string Name(ParameterInfo parameter) => Name(parameter.ParameterType) + Mark(Nullability.Create(parameter).ReadState, parameter.ParameterType);

    private static string Mark(NullabilityState state, Type type) => state == NullabilityState.Nullable && !type.IsValueType ? "?" : "";

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";

        return type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
    }
}

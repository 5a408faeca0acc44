//! A binary's protections against exploits, as far as its headers say.

use serde::Serialize;

/// Protections that the linker or a signing tool turned on. Anything that a format doesn't have, or that this kind of
/// file doesn't say, is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Hardening {
    /// Whether code may run on the stack once this is loaded: according to the flags of `PT_GNU_STACK`, or because a
    /// library for x86 or 32-bit ARM lacks that header, which glibc treats as a yes (ELF).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executable_stack: Option<bool>,
    /// Which relocated data is write-protected after loading (ELF).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relro: Option<Relro>,
    /// Whether all functions are bound at load time instead of at their first call (`DF_BIND_NOW`, `DF_1_NOW`; ELF).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bind_now: Option<bool>,
    /// Whether the loader has to modify its code (`DT_TEXTREL`; ELF).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_relocations: Option<bool>,
    /// Whether a program can be loaded at any address (ELF's PIE, Mach-O's `MH_PIE`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position_independent: Option<bool>,
    /// Whether it can be loaded at any address (`DYNAMIC_BASE`; PE).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aslr: Option<bool>,
    /// Whether these addresses may be anywhere in 64 bits (`HIGH_ENTROPY_VA`; PE).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high_entropy_aslr: Option<bool>,
    /// Whether its data never runs as code (`NX_COMPAT`; PE).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dep: Option<bool>,
    /// Whether indirect calls are checked (`GUARD_CF`; PE).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control_flow_guard: Option<bool>,
    /// Whether it has a code signature, even an ad hoc one (`LC_CODE_SIGNATURE`; Mach-O).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_signature: Option<bool>,
}

/// How much of the relocated data is write-protected after loading (`PT_GNU_RELRO`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relro {
    /// None of it.
    None,
    /// All except the table of functions that are bound at their first call.
    Partial,
    /// All of it.
    Full,
}

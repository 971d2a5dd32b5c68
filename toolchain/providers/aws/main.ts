#!/usr/bin/env node
import { runProvider } from "../server";
import { awsProvider } from "./provider";

void runProvider(awsProvider(process.env));
